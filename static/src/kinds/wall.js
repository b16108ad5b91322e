// The columns of a wall (Ideenwand) are tabs.

import { startTabs } from "../tabs.js";

startTabs("column");

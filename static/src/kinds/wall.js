// What a wall (Ideenwand) adds in the browser: columns and islands as tabs. Without a script all of them stand below.

import { startTabs } from "../tabs.js";

startTabs("column");
startTabs("island");

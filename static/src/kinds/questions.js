// The lists of questions (Fragen), open, answered and archived, are tabs.

import { startTabs } from "../tabs.js";

startTabs("list");

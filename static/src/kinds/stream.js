// The prompts of a stream (Blog) are tabs.

import { startTabs } from "../tabs.js";

startTabs("prompt");

// The prompts of a stream (Blog) are tabs, and a picture goes ahead of the post that names it.

import { startPictures } from "../picture.js";
import { startTabs } from "../tabs.js";

startTabs("prompt");
startPictures();

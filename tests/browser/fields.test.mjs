import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { decoded } from "../../static/src/fields.js";

const vectors = JSON.parse(readFileSync(new URL("../fields.json", import.meta.url), "utf8"));

for (const { says, fields, data } of vectors) {
  test(says, () => assert.deepEqual(JSON.parse(JSON.stringify(decoded(fields))), data));
}

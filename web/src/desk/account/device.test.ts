import { expect, it } from "vitest";
import { deviceName } from "./device";

it.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0",
    "Windows · Edge",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
    "iPhone · Safari",
  ],
  ["Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile MicroMessenger/8.0", "Android · WeChat"],
  ["python-httpx/0.28.1", "python-httpx/0.28.1"],
  ["", null],
  [null, null],
])("%s", (said, named) => {
  expect(deviceName(said)).toBe(named);
});

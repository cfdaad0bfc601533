// A caller that shares no code with ours: signatures from the vendor's own npm package, TwiML read by hand.
// Reads {base, token, from, acts: [...]} from standard input; an act is {speech} or {digits}. Prints what it heard.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "web", "package.json"));
const { getExpectedTwilioSignature } = require("twilio/lib/webhooks/webhooks.js");

const { base, token, from, acts, forge } = JSON.parse(readFileSync(0, "utf8"));
const callSid = `CA${randomUUID().replaceAll("-", "")}`;
const turns = [];
const statuses = [];

async function post(path, given) {
  const url = new URL(path, base).href;
  const parameters = { CallSid: callSid, From: from, To: "+864008000000", ...given };
  const signature = getExpectedTwilioSignature(forge ? `${token}x` : token, url, parameters);
  const response = await fetch(url, {
    method: "POST",
    headers: { "X-Twilio-Signature": signature, "I-Twilio-Idempotency-Token": randomUUID() },
    body: new URLSearchParams(parameters),
  });
  statuses.push(response.status);
  return response.text();
}

const unescape = (text) =>
  text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function heard(document) {
  return [...document.matchAll(/<Say\b[^>]*>(.*?)<\/Say>/gs)].map(([, inner]) =>
    unescape(inner.replace(/<[^>]+>/g, "")),
  );
}

let document = await post("/api/v1/twilio/voice/call", { CallStatus: "ringing" });
turns.push(heard(document));
for (const act of acts) {
  let action = document.match(/<Gather\b[^>]*\baction="([^"]+)"/)?.[1];
  if (!action) break;
  const given = act.digits ? { Digits: act.digits } : { SpeechResult: act.speech, Confidence: "0.93" };
  document = await post(unescape(action), given);
  for (let next; (next = document.match(/<Redirect\b[^>]*>([^<]+)</)?.[1]) && !document.includes("<Gather"); )
    document = await post(unescape(next), {});
  turns.push(heard(document));
}
await post("/api/v1/twilio/voice/status", { CallStatus: "completed" });
console.log(JSON.stringify({ turns, statuses, last: document }));

/** What a TwiML document asks of the caller's side: https://www.twilio.com/docs/voice/twiml */

export class BrokenTwiml extends Error {}

export function verbsOf(document: string): Element[] {
  const parsed = new DOMParser().parseFromString(document, "text/xml");
  const root = parsed.documentElement;
  if (root.nodeName !== "Response") throw new BrokenTwiml(document.slice(0, 200));
  return [...root.children];
}

/** What a `<Say>` says; digits that are read one by one are written apart. */
export function spoken(say: Element): string {
  const texts = [...say.childNodes].map((node) => {
    const text = node.textContent ?? "";
    const apart = node instanceof Element && node.getAttribute("interpret-as") === "digits";
    return apart ? [...text].join(" ") : text;
  });
  return texts.join("").trim();
}

/** The keys that count: up to the key that ends them, and not more than asked for. */
export function counted(gather: Element, digits: string): string {
  const end = gather.getAttribute("finishOnKey") ?? "#";
  const kept = end === "" ? digits : (digits.split(end)[0] ?? "");
  const most = Number(gather.getAttribute("numDigits") ?? 0);
  return most > 0 ? kept.slice(0, most) : kept;
}

/** Whether what was keyed is complete without waiting any longer. */
export function complete(gather: Element, digits: string): boolean {
  const most = Number(gather.getAttribute("numDigits") ?? 0);
  const end = gather.getAttribute("finishOnKey") ?? "#";
  return (most > 0 && digits.length >= most) || (end !== "" && digits.endsWith(end));
}

/** What a browser says of itself, as short as people say it. Pure. */
const SYSTEMS = [
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X/],
  ["Linux", /Linux/],
] as const;
const BROWSERS = [
  ["WeChat", /MicroMessenger/],
  ["Edge", /Edg\//],
  ["Firefox", /Firefox\//],
  ["Chrome", /Chrome\//],
  ["Safari", /Safari\//],
] as const;

export function deviceName(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const named = (known: readonly (readonly [string, RegExp])[]) =>
    known.find(([, pattern]) => pattern.test(userAgent))?.[0];
  const parts = [named(SYSTEMS), named(BROWSERS)].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : userAgent.slice(0, 40);
}

/** Where to go after logging in: only to pages of the desk itself. Pure. */

const HOME = "/tickets";

export function loginPath(from: string): string {
  return from === "/" || from === HOME ? "/login" : `/login?next=${encodeURIComponent(from)}`;
}

export function returnPath(next: string | null): string {
  if (!next?.startsWith("/") || /^\/[/\\]/.test(next) || next.startsWith("/login")) return HOME;
  return next;
}

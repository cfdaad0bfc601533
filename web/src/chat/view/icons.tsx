/** ChatUI draws its icons from symbols on the page; these are the ones our page can show. */
export function IconSymbols() {
  return (
    <svg width="0" height="0" style={{ position: "absolute" }} aria-hidden="true">
      <symbol id="icon-chevron-double-down" viewBox="0 0 24 24">
        <path
          d="m6 6 6 6 6-6M6 12l6 6 6-6"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </symbol>
    </svg>
  );
}

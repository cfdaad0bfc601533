/**
 * Keeps the page as high as what is visible: on iPhones the keyboard covers the page without
 * resizing it, and the input would be out of sight.
 */
export function followViewport(): void {
  const { visualViewport } = window;
  if (!visualViewport) return;
  const apply = () => {
    // A pinch zoom also changes the visual viewport and must not reflow the page.
    if (Math.abs(visualViewport.scale - 1) > 0.01) return;
    const height = `${Math.round(visualViewport.height)}px`;
    document.documentElement.style.setProperty("--visible-height", height);
    window.scrollTo(0, 0);
  };
  visualViewport.addEventListener("resize", apply);
  apply();
}

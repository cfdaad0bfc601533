import { useEffect } from "react";
import { presenceWords } from "../../../messages/live.zh-CN";

const COUNTED = /^\(\d+\) /;

/** Puts the number of unread messages before whatever title a page sets. */
export function useTitleCount(count: number): void {
  useEffect(() => {
    const title = document.querySelector("title");
    if (!title) return undefined;
    const write = () => {
      const bare = document.title.replace(COUNTED, "");
      const wanted = count > 0 ? presenceWords.unread(count, bare) : bare;
      if (document.title !== wanted) document.title = wanted;
    };
    const observer = new MutationObserver(write);
    observer.observe(title, { childList: true });
    write();
    return () => observer.disconnect();
  }, [count]);
}

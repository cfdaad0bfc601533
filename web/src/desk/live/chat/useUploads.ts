import { useCallback, useState } from "react";
import { liveApi } from "../../../api/live";
import type { Attachment } from "../../../api/types";
import { composerWords } from "../../../messages/live.zh-CN";
import { newId } from "../../../shared/ids";
import { messageOf } from "../../components/ErrorPanel";

/** The server takes no more; checked here, too, so that nobody waits in vain. */
const MOST_MEGABYTES = 20;

export interface Upload {
  key: string;
  name: string;
  /** Why it failed; null: on its way. */
  failure: string | null;
}

/** Files on their way to the server, and those that did not get there. */
export function useUploads(id: string, onDone: (attachment: Attachment) => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const forget = useCallback(
    (key: string) => setUploads((all) => all.filter((each) => each.key !== key)),
    [],
  );
  const start = async (file: File) => {
    const upload = { key: newId(), name: file.name, failure: null };
    const fail = (failure: string) =>
      setUploads((all) =>
        all.map((each) => (each.key === upload.key ? { ...each, failure } : each)),
      );
    setUploads((all) => [...all, upload]);
    if (file.size > MOST_MEGABYTES * 1_048_576) {
      fail(composerWords.tooBig(MOST_MEGABYTES));
      return;
    }
    try {
      onDone(await liveApi.upload(id, file));
      forget(upload.key);
    } catch (error) {
      fail(messageOf(error));
    }
  };
  return {
    uploads,
    forget,
    /** What failed has been seen when something is sent. */
    forgetFailed: () => setUploads((all) => all.filter((each) => each.failure === null)),
    busy: uploads.some((each) => each.failure === null),
    add: (files: Iterable<File>) => {
      for (const file of files) void start(file);
    },
  };
}

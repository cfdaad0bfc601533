/**
 * Where the page gets the bytes of stored files from. They need the conversation's token, so an
 * address in `src` will not do: each is fetched once and kept as an object address.
 */
import { createContext, useCallback, useContext, useEffect, useRef, useState } from "react";

export class FileSource {
  private readonly fetchBlob: (fileId: string) => Promise<Blob>;
  private readonly addresses = new Map<string, Promise<string>>();

  constructor(fetchBlob: (fileId: string) => Promise<Blob>) {
    this.fetchBlob = fetchBlob;
  }

  /** The address of a file's bytes; one that failed is fetched anew when it is asked for again. */
  address(fileId: string): Promise<string> {
    const known = this.addresses.get(fileId);
    if (known) return known;
    const fetched = this.fetchBlob(fileId).then((blob) => URL.createObjectURL(blob));
    this.addresses.set(fileId, fetched);
    fetched.catch(() => this.addresses.delete(fileId));
    return fetched;
  }
}

export const FileSourceContext = createContext<FileSource | null>(null);

export interface FileState {
  address: string | null;
  loading: boolean;
  failed: boolean;
  load(): void;
}

/** A file's address; fetched at once, or when `load` is called. */
export function useFile(fileId: string, atOnce: boolean): FileState {
  const source = useContext(FileSourceContext);
  const [state, setState] = useState({
    address: null as string | null,
    loading: false,
    failed: false,
  });
  const shown = useRef(true);
  const load = useCallback(() => {
    if (!source) return;
    setState({ address: null, loading: true, failed: false });
    source.address(fileId).then(
      (address) => shown.current && setState({ address, loading: false, failed: false }),
      () => shown.current && setState({ address: null, loading: false, failed: true }),
    );
  }, [source, fileId]);
  useEffect(() => {
    shown.current = true;
    if (atOnce) load();
    return () => {
      shown.current = false;
    };
  }, [atOnce, load]);
  return { ...state, load };
}

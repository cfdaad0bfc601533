/** Actions in the browser's database, so that neither a dead battery nor a closed page loses one. */
import type { Action } from "./actions";

const NAME = "yingsheng.tech";
const STORE = "actions";

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

let opening: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  if (opening === undefined) {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    opening = settled(request);
  }
  return opening;
}

async function objects(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return (await database()).transaction(STORE, mode).objectStore(STORE);
}

/** All of somebody's, in the order in which they were done. */
export async function readActions(username: string): Promise<Action[]> {
  const stored: Action[] = await settled((await objects("readonly")).getAll());
  const mine = stored.filter((action) => action.username === username);
  return mine.sort((one, other) => one.at - other.at);
}

export async function keepAction(action: Action): Promise<void> {
  await settled((await objects("readwrite")).put(action));
}

export async function dropAction(id: string): Promise<void> {
  await settled((await objects("readwrite")).delete(id));
}

import "@chatui/core/dist/index.css";
import "./colours.css";
import "./chat.css";
import "./composer.css";
import "./messages.css";
import "./files.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { webchatApi } from "../api/webchat";
import { newId } from "../shared/ids";
import { FileSource } from "./files/fileSource";
import { shrunk } from "./files/shrink";
import { Uploads } from "./files/Uploads";
import { ChatSession } from "./session/ChatSession";
import { connectChat } from "./session/socket";
import { openStore } from "./session/store";
import { ChatPage } from "./view/ChatPage";
import { IconSymbols } from "./view/icons";
import { followViewport } from "./view/viewport";

const store = openStore();
const session = new ChatSession({
  api: webchatApi,
  store,
  connect: connectChat,
  newId,
  now: () => Date.now(),
  random: () => Math.random(),
  visible: () => document.visibilityState === "visible",
});

window.addEventListener("online", session.catchUp);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") session.catchUp();
});
const uploads = new Uploads({
  upload: async (file, onProgress, signal) =>
    webchatApi.upload(session.requireCredentials(), file, onProgress, signal),
  prepare: shrunk,
  newId,
  now: () => Date.now(),
  send: (attachments) => session.send("", attachments),
});
const files = new FileSource(async (fileId) =>
  webchatApi.file(session.requireCredentials(), fileId),
);
window.addEventListener("beforeunload", (event) => {
  // a file that is half way through cannot be kept; everything else can
  if (uploads.getSnapshot().some((item) => item.status === "uploading")) event.preventDefault();
});
followViewport();
session.start();

const root = document.getElementById("root");
if (!root) throw new Error("chat.html has no #root");
createRoot(root).render(
  <StrictMode>
    <IconSymbols />
    <ChatPage session={session} store={store} uploads={uploads} files={files} />
  </StrictMode>,
);

import "@chatui/core/dist/index.css";
import "./chat.css";
import "./messages.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { webchatApi } from "../api/webchat";
import { newId } from "../shared/ids";
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
followViewport();
session.start();

const root = document.getElementById("root");
if (!root) throw new Error("chat.html has no #root");
createRoot(root).render(
  <StrictMode>
    <IconSymbols />
    <ChatPage session={session} store={store} />
  </StrictMode>,
);

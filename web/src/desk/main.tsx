import "./desk.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { DeskApp } from "./DeskApp";

const root = document.getElementById("root");
if (!root) throw new Error("desk.html has no #root");
createRoot(root).render(
  <StrictMode>
    <DeskApp />
  </StrictMode>,
);

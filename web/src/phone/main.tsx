import "./phone.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { PhonePage } from "./PhonePage";

const root = document.getElementById("root");
if (!root) throw new Error("phone.html has no #root");
createRoot(root).render(
  <StrictMode>
    <PhonePage />
  </StrictMode>,
);

import "./order.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { CustomerOrderPage } from "./CustomerOrderPage";

const root = document.getElementById("root");
if (!root) throw new Error("order.html has no #root");
createRoot(root).render(
  <StrictMode>
    <CustomerOrderPage />
  </StrictMode>,
);

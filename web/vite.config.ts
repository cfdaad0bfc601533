import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { chatWords } from "./src/messages/chat.zh-CN.ts";
import { deskWords } from "./src/messages/desk.zh-CN.ts";
import { customerOrderWords } from "./src/messages/orders.zh-CN.ts";
import { phoneWords } from "./src/messages/phone.zh-CN.ts";

const BACKEND = process.env.YINGSHENG_BACKEND_URL ?? "http://127.0.0.1:8000";

/** ChatUI's style sheet names fonts on a foreign server; our pages load nothing from outside. */
function dropForeignFonts(): Plugin {
  return {
    name: "drop-foreign-fonts",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("@chatui/core") || !id.endsWith(".css")) return null;
      return { code: code.replace(/@font-face\s*\{[^}]*\}/g, ""), map: null };
    },
  };
}

/** The few words that stand in the HTML itself come from the message files, too. */
function pageWording(): Plugin {
  return {
    name: "page-wording",
    transformIndexHtml(html, { path }) {
      const ours = path.includes("order") ? customerOrderWords : deskWords;
      const others = path.includes("phone") ? phoneWords : ours;
      const words = path.includes("chat") ? chatWords : others;
      return html.replace("%TITLE%", words.title).replace("%ENABLE_SCRIPTS%", words.enableScripts);
    },
  };
}

/** In development, `/chat` and `/desk/...` answer as the backend answers them in production. */
function pageRoutes(): Plugin {
  return {
    name: "page-routes",
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? "").split("?")[0] ?? "";
        if (path === "/chat") request.url = "/chat.html";
        else if (path === "/order") request.url = "/order.html";
        else if (path === "/phone") request.url = "/phone.html";
        else if (path === "/desk" || path.startsWith("/desk/")) request.url = "/desk.html";
        next();
      });
    },
  };
}

export default defineConfig({
  plugins: [dropForeignFonts(), pageWording(), pageRoutes(), react()],
  resolve: {
    // Its "browser" field names one bundle of everything; the ES modules can be thinned out.
    alias: [{ find: /^@chatui\/core$/, replacement: "@chatui/core/es/index.js" }],
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": BACKEND,
      "/socket.io": { target: BACKEND, ws: true },
    },
  },
  build: {
    // Customers come with old phones.
    target: ["es2020", "chrome87", "edge88", "firefox78", "safari14"],
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // ChatUI does not say so itself: what is not imported from it may be left out.
      treeshake: {
        moduleSideEffects: [
          { test: /@chatui[\\/]core[\\/]es[\\/]|[\\/]dompurify[\\/]/, sideEffects: false },
        ],
      },
      input: {
        chat: fileURLToPath(new URL("chat.html", import.meta.url)),
        desk: fileURLToPath(new URL("desk.html", import.meta.url)),
        phone: fileURLToPath(new URL("phone.html", import.meta.url)),
        order: fileURLToPath(new URL("order.html", import.meta.url)),
      },
    },
  },
  test: { include: ["src/**/*.test.ts", "tests/**/*.test.ts"] },
});

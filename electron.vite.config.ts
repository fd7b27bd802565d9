import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { besideProgram } from "./scripts/boot-script.ts";
import { layersFirst } from "./scripts/css-layer-order.ts";
import { firstTexts } from "./scripts/first-texts.ts";
import { fontsBlock } from "./scripts/font-display-block.ts";
import { manifestIcons } from "./scripts/web-manifest.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(at("package.json"), "utf8")) as { version: string };

/**
 * One build for the three programs' code: `out/main` (the shell's main process, the `paihao`
 * command and the drawing worker, all of them Node), `out/preload`, `out/renderer` (one page per
 * screen). What is in `dependencies` stays outside the bundle, the rest goes in.
 */
export default defineConfig({
	main: {
		build: {
			outDir: "out/main",
			rolldownOptions: {
				input: {
					main: at("electron/main.ts"),
					paihao: at("cli/paihao.ts"),
					"render-worker": at("station/printing/render/render-worker.ts"),
					"device-process": at("station/printing/transport/device-process.ts"),
				},
			},
		},
	},
	preload: {
		define: { PAIHAO_VERSION: JSON.stringify(version) },
		build: {
			externalizeDeps: false,
			outDir: "out/preload",
			rolldownOptions: {
				input: { kiosk: at("electron/preload.ts") },
				output: { format: "cjs", entryFileNames: "[name].cjs" },
			},
		},
	},
	renderer: {
		root: at("renderer"),
		plugins: [
			react(),
			fontsBlock(),
			// What the kiosk can say before, and without, its station.
			firstTexts(/^(example$|close$|languages\.|toolbar\.|staff\.|connectionLost\.|refused\.|site\.|readAloud\.open$)/),
			manifestIcons(),
			layersFirst(["reset", "tokens", "base", "screen", "modes"]),
			besideProgram("/kiosk/index.html", at("renderer/kiosk/boot-fallback.ts"), "boot-fallback"),
		],
		build: {
			outDir: at("out/renderer"),
			assetsInlineLimit: 0,
			minify: true,
			modulePreload: {
				// Browsers that know no modulepreload fetch each file when it is asked for.
				polyfill: false,
				// What comes late needs its styles first; its scripts are mostly here already.
				resolveDependencies: (_file, files, { hostType }) =>
					hostType === "js" ? files.filter((file) => file.endsWith(".css")) : files,
			},
			// Desks and boards are whatever browser stands there, not the shell's own Chromium.
			target: "chrome111",
			cssTarget: ["chrome111", "firefox114", "safari16.4"],
			rolldownOptions: {
				input: {
					kiosk: at("renderer/kiosk/index.html"),
					"first-start": at("renderer/first-start/index.html"),
					desk: at("renderer/desk/index.html"),
					board: at("renderer/board/index.html"),
					phone: at("renderer/phone/index.html"),
					setup: at("renderer/setup/index.html"),
					printer: at("renderer/printer/index.html"),
					fleet: at("renderer/fleet/index.html"),
				},
			},
		},
	},
});

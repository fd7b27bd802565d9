// What `npm run dev` runs: a station and a server from their sources, restarted when those change, and every
// screen through Vite's development server, reloaded in place. The station is a demo with a busy morning.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
	createServer,
	type InlineConfig,
	type Plugin,
	type ProxyOptions,
	type UserConfig,
	type ViteDevServer,
} from "vite";
import config from "../electron.vite.config.ts";
import { DevProgram, runOnce, TOP } from "./dev/program.ts";
import { seedBusyMorning } from "./dev/seed.ts";

const PORTS = { screens: 5173, printerPage: 5174, station: 8470, server: 8471 };
/** Beside the demo's own folder, in .gitignore with it. */
const FOLDER = join(TOP, ".demo", "dev");
const STATION_FOLDER = join(FOLDER, "station");
const SERVER_FOLDER = join(FOLDER, "server");

interface StationReady {
	kiosk: string;
	staff: { name: string; pin: string };
	printer: string;
}
interface ServerReady {
	server: string;
}

mkdirSync(FOLDER, { recursive: true });
await using stack = new AsyncDisposableStack();

const stationProgram = stack.use(
	new DevProgram<StationReady>("station", [
		...["demo", "--headless", "--data", STATION_FOLDER, "--port", String(PORTS.station)],
	]),
);
const serverProgram = stack.use(
	new DevProgram<ServerReady>("server", ["server", "--data", SERVER_FOLDER, "--port", String(PORTS.server)]),
);
const [station, server] = await Promise.all([stationProgram.ready(), serverProgram.ready()]);
const stationOrigin = new URL(station.kiosk).origin;

await seedBusyMorning(stationOrigin, new URL(station.kiosk).hash, station.staff);
const administrator = await openAdministrator();
await enrol(server.server);

const screens = await openScreens(PORTS.screens, {
	"/api": stationOrigin,
	"/speech": stationOrigin,
	"/fleet/api": server.server,
});
const printerProxies: ProxyOptions[] = [];
const printerPage = await openScreens(
	PORTS.printerPage,
	{ "/api": new URL(station.printer).origin, "/paper": new URL(station.printer).origin },
	printerProxies,
);
stack.defer(() => Promise.all([screens.close(), printerPage.close()]).then(() => {}));

printTable(station);
// A restarted demo has a new PIN, and its printer another port.
stationProgram.onRestart((restarted) => {
	for (const proxy of printerProxies) proxy.target = new URL(restarted.printer).origin;
	console.log(`The station restarted. Sign in as ${restarted.staff.name} with PIN ${restarted.staff.pin}.`);
});

await new Promise<void>((resolve) => {
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
});

/**
 * Vite's development server over all screens. Each path of `proxied` goes on to the program that answers it; the
 * proxies are added to `opened`, for a program that moves to another port.
 */
async function openScreens(
	port: number,
	proxied: Record<string, string>,
	opened: ProxyOptions[] = [],
): Promise<ViteDevServer> {
	const renderer = (config as { renderer: UserConfig }).renderer;
	const proxy: Record<string, ProxyOptions> = {};
	for (const [path, target] of Object.entries(proxied)) {
		proxy[path] = { target, changeOrigin: true, configure: (_proxy, options) => opened.push(options) };
	}
	const options: InlineConfig = {
		...renderer,
		configFile: false,
		appType: "mpa",
		logLevel: "warn",
		cacheDir: join(FOLDER, `vite-${port}`),
		server: { host: "127.0.0.1", port, proxy },
	};
	options.plugins = [renderer.plugins, pageAddresses()];
	const vite = await createServer(options);
	return vite.listen();
}

/** Pages at the addresses that the station serves them at, /kiosk and not /kiosk/index.html. */
function pageAddresses(): Plugin {
	return {
		name: "page-addresses",
		configureServer({ middlewares }) {
			middlewares.use((request, _response, next) => {
				const [, screen, query = ""] = /^\/(\w+)(\?.*)?$/.exec(request.url ?? "") ?? [];
				if (screen !== undefined && existsSync(join(TOP, "renderer", screen, "index.html")))
					request.url = `/${screen}/index.html${query}`;
				next();
			});
		},
		transformIndexHtml: {
			order: "pre",
			// What a page names beside itself is one folder further down than its address says.
			handler: (html, { path }) =>
				html.replaceAll('"./', `"${path.replace("index.html", "")}`).replaceAll('"../', '"/'),
		},
	};
}

/** An account for the fleet's page. Its password is printed once when it is made, so it is kept beside the data. */
async function openAdministrator(): Promise<{ name: string; password: string }> {
	const file = join(FOLDER, "administrator.json");
	if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
	const line = await runOnce(["server", "admin", "add", "dev", "--data", SERVER_FOLDER]);
	const { password } = JSON.parse(line) as { password: string };
	const account = { name: "dev", password };
	writeFileSync(file, JSON.stringify(account), { mode: 0o600 });
	return account;
}

/** Makes the station one of the server's, the first time. */
async function enrol(origin: string): Promise<void> {
	const file = join(FOLDER, "enrolled.json");
	if (existsSync(file)) return;
	const { code } = JSON.parse(await runOnce(["server", "code", "--data", SERVER_FOLDER])) as { code: string };
	const line = await runOnce(["enrol", "--data", STATION_FOLDER, "--server", origin, "--code", code]);
	writeFileSync(file, line);
}

function printTable({ kiosk, staff }: StationReady): void {
	const at = (path: string, port = PORTS.screens) => `http://127.0.0.1:${port}/${path}`;
	const rows = [
		["Kiosk", at(`kiosk${new URL(kiosk).hash}`), ""],
		["Desk", at("desk"), `sign in as ${staff.name}, PIN ${staff.pin}`],
		["Board", at("board"), ""],
		["Phone", at("phone"), "the code is on a ticket's screen and paper"],
		["Setup", at("setup"), `sign in as ${staff.name}, PIN ${staff.pin}`],
		["Fleet", at("fleet"), `sign in as ${administrator.name}, password ${administrator.password}`],
		["Printer", at("printer", PORTS.printerPage), "the paper, and the printer's cover and power"],
		["API", `${stationOrigin}/api/openapi.json`, ""],
	];
	const width = Math.max(...rows.map(([, address = ""]) => address.length));
	console.log("\nScreens reload as their files change; station and server restart. Ctrl+C ends everything.\n");
	for (const [name = "", address = "", note = ""] of rows)
		console.log(`  ${name.padEnd(9)}${address.padEnd(width)}  ${note}`.trimEnd());
	console.log("");
}

import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { UserError } from "../lib/errors.ts";
import { isOwnAddress } from "../lib/host-addresses.ts";
import { BodyTooLarge, readLimitedBody } from "../lib/http/body-limit.ts";
import { type Listener, listen } from "../lib/http/listen.ts";
import { findForeignSign } from "../lib/http/own-page.ts";
import { serveStaticFiles } from "../lib/http/static-files.ts";
import { printerChangeSchema } from "../protocol/api/printer-simulator.ts";
import { STATION_REFUSALS } from "../protocol/api/station-refusals.ts";
import { encodePng } from "../station/printing/render/png.ts";
import type { ControlPanel } from "./controls.ts";

/** The page is served on this machine only: whoever can open it can open the printer. */
export const PAGE_HOST = "127.0.0.1";
const MAX_BODY_BYTES = 1_024;
const PAGE_NAMES = { program: "The printer's page", hostFlag: "--host", portFlag: "--page" } as const;

/** Serves the page, the stream of its state, the paper and the controls. `screens`: the folder of built pages. */
function createPageApp(printer: ControlPanel, screens: string): Hono {
	const app = new Hono();
	app.use(
		secureHeaders({
			contentSecurityPolicy: {
				defaultSrc: ["'none'"],
				scriptSrc: ["'self'"],
				styleSrc: ["'self'"],
				fontSrc: ["'self'"],
				imgSrc: ["'self'"],
				connectSrc: ["'self'"],
				baseUri: ["'none'"],
				formAction: ["'none'"],
				frameAncestors: ["'none'"],
			},
			referrerPolicy: "no-referrer",
			strictTransportSecurity: false,
			xFrameOptions: "DENY",
		}),
	);
	app.use(async (context, next) => {
		const foreign = findForeignSign(context.req.raw, (name) => isOwnAddress(name, PAGE_HOST));
		if (foreign !== undefined) return refuseAs(foreign.kind === "host" ? "HOST_REFUSED" : "ORIGIN_REFUSED");
		return next();
	});
	app.get("/api/printer/events", () => streamSnapshots(printer));
	app.get("/api/printer", (context) => context.json(printer.snapshot));
	app.post("/api/printer", async (context) => {
		const body = (await readLimitedBody(context.req.raw.body, MAX_BODY_BYTES)).toString("utf8");
		const change = printerChangeSchema.safeParse(parseJson(body));
		if (!change.success) {
			return refuse(
				400,
				"BAD_REQUEST",
				'Send a JSON object with power, cover, paper or cutter, such as {"cover":"open"}.',
			);
		}
		await printer.change(change.data);
		return context.json(printer.snapshot);
	});
	app.get("/paper/:name{\\d{1,9}\\.png}", async (context) => {
		const bitmap = printer.paper(Number.parseInt(context.req.param("name"), 10));
		if (!bitmap) return context.notFound();
		const png = new Uint8Array(await encodePng(bitmap));
		// After a restart the same number is another piece.
		return context.body(png, 200, { "content-type": "image/png", "cache-control": "no-store" });
	});
	app.get("/", (context) => context.redirect("/printer"));
	serveStaticFiles(app, screens, ["printer"]);
	app.notFound(() => refuseAs("NOT_FOUND"));
	app.onError((error) => {
		if (error instanceof BodyTooLarge) return refuseAs("BODY_TOO_LARGE");
		if (error instanceof UserError) return refuse(409, error.code, error.message);
		process.stderr.write(`paihao printer: ${error.stack ?? error.message}\n`);
		return refuse(500, "PRINTER_ERROR", "The printer's page could not do this. Try again.");
	});
	return app;
}

/** Serves the page on its port; 0 takes a free one. Throws UserError PORT_IN_USE or ADDRESS_REFUSED. */
export function servePage(
	printer: ControlPanel,
	{ page, screens }: { page: number; screens: string },
): Promise<Listener> {
	const server = createAdaptorServer({ fetch: createPageApp(printer, screens).fetch, overrideGlobalObjects: false });
	return listen(server as Server, { host: PAGE_HOST, port: page }, PAGE_NAMES);
}

/** Server-sent events, each with the whole state. */
function streamSnapshots(printer: ControlPanel): Response {
	let stop = () => {};
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		start(controller) {
			const send = () => controller.enqueue(encoder.encode(`data: ${JSON.stringify(printer.snapshot)}\n\n`));
			send();
			stop = printer.watch(send);
		},
		cancel: () => stop(),
	});
	return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** A refusal as the station words it. */
function refuseAs(code: "NOT_FOUND" | "HOST_REFUSED" | "ORIGIN_REFUSED" | "BODY_TOO_LARGE"): Response {
	const { status, message } = STATION_REFUSALS[code];
	return refuse(status, code, message);
}

function refuse(status: number, code: string, message: string): Response {
	return Response.json({ defined: true, code, status, message }, { status });
}

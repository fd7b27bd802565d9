import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { UserError } from "../lib/errors.ts";
import { isOwnAddress } from "../lib/host-addresses.ts";
import { printerChangeSchema } from "../protocol/api/printer-simulator.ts";
import { REFUSALS } from "../protocol/api/refusals.ts";
import { limitBody } from "../station/http/body-limit.ts";
import type { HttpApp } from "../station/http/http-app.ts";
import { type RequestSource, requireOwnPage } from "../station/http/request-source.ts";
import { serveStaticFiles } from "../station/http/static-files.ts";
import { encodePng } from "../station/printing/render/png.ts";
import { Refusal } from "../station/refusal.ts";
import type { ControlPanel } from "./controls.ts";

/** The page is served on this machine only: whoever can open it can open the printer. */
export const PAGE_HOST = "127.0.0.1";
const MAX_BODY_BYTES = 1_024;

/** Serves the page, the stream of its state, the paper and the controls. `screens`: the folder of built pages. */
export function createPageApp(printer: ControlPanel, screens: string): HttpApp {
	const app = new Hono<{ Bindings: { peer: RequestSource } }>();
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
		requireOwnPage(context.req.raw, context.env.peer, (name) => isOwnAddress(name, PAGE_HOST));
		await next();
	});
	app.get("/api/printer/events", () => streamPictures(printer));
	app.get("/api/printer", (context) => context.json(printer.picture));
	app.post("/api/printer", async (context) => {
		const body = await limitBody(context.req.raw, MAX_BODY_BYTES);
		const change = printerChangeSchema.safeParse(await body.json().catch(() => undefined));
		if (!change.success) {
			return refuse(
				400,
				"BAD_REQUEST",
				'Send a JSON object with power, cover, paper or cutter, such as {"cover":"open"}.',
			);
		}
		await printer.change(change.data);
		return context.json(printer.picture);
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
	app.notFound(() => refuse(404, "NOT_FOUND", REFUSALS.NOT_FOUND.message));
	app.onError((error) => {
		if (error instanceof Refusal) {
			const { code, message }: Refusal = error;
			return refuse(REFUSALS[code].status, code, message);
		}
		if (error instanceof UserError) return refuse(409, error.code, error.message);
		process.stderr.write(`paihao printer: ${error.stack ?? error.message}\n`);
		return refuse(500, "PRINTER_ERROR", "The printer's page could not do this. Try again.");
	});
	return async (request, peer) => app.fetch(request, { peer });
}

/** Server-sent events, each with the whole state. */
function streamPictures(printer: ControlPanel): Response {
	let stop = () => {};
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		start(controller) {
			const send = () => controller.enqueue(encoder.encode(`data: ${JSON.stringify(printer.picture)}\n\n`));
			send();
			stop = printer.watch(send);
		},
		cancel: () => stop(),
	});
	return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
}

function refuse(status: number, code: string, message: string): Response {
	return Response.json({ defined: true, code, status, message }, { status });
}

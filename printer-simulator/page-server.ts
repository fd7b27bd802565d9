import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { UserError } from "../lib/errors.ts";
import { printerChangeSchema } from "../protocol/api/printer-simulator.ts";
import { REFUSALS } from "../protocol/api/refusals.ts";
import { limitBody } from "../station/http/body-limit.ts";
import type { HttpApp } from "../station/http/http-app.ts";
import { isOwnAddress, type RequestSource, requireOwnPage } from "../station/http/request-source.ts";
import { serveStaticFiles } from "../station/http/static-files.ts";
import { encodePng } from "../station/printing/render/png.ts";
import { Refusal } from "../station/refusal.ts";
import type { PrinterControls } from "./controls.ts";

/** The page is for whoever sits at this machine: it is served here and nowhere else. */
export const PAGE_HOST = "127.0.0.1";
const LARGEST_BODY = 1_024;

/** The page's door: the page, the stream of what it shows, the paper, and the hands. `screens`: the folder of built pages. */
export function makePageDoor(printer: PrinterControls, screens: string): HttpApp {
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
	app.get("/api/printer/events", () => streamOf(printer));
	app.get("/api/printer", (context) => context.json(printer.picture));
	app.post("/api/printer", async (context) => {
		const body = await limitBody(context.req.raw, LARGEST_BODY);
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
		// A number is another piece after the printer was started anew.
		return context.body(png, 200, { "content-type": "image/png", "cache-control": "no-store" });
	});
	app.get("/", (context) => context.redirect("/printer"));
	serveStaticFiles(app, screens, ["printer"]);
	app.notFound(() => refuse(404, "NOT_FOUND", REFUSALS.NOT_FOUND.message));
	app.onError((fault) => {
		if (fault instanceof Refusal) {
			const { code, message }: Refusal = fault;
			return refuse(REFUSALS[code].status, code, message);
		}
		if (fault instanceof UserError) return refuse(409, fault.code, fault.message);
		process.stderr.write(`paihao printer: ${fault.stack ?? fault.message}\n`);
		return refuse(500, "PRINTER_FAULT", "The printer's page could not do this. Try again.");
	});
	return async (request, peer) => app.fetch(request, { peer });
}

/** Server-sent events, each the whole picture. */
function streamOf(printer: PrinterControls): Response {
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

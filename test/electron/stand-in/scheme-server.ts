import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

const OWN_ORIGIN = "paihao://station";

/** Carries the page's requests to the scheme's handler, and streams its answers back. */
export class SchemeServer {
	handler: SchemeHandler | undefined;
	#origin = "";

	async listen(): Promise<void> {
		const server = createServer((incoming, outgoing) => {
			this.#carry(incoming, outgoing).catch(() => outgoing.destroy());
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		this.#origin = `http://station.localhost:${(server.address() as AddressInfo).port}`;
	}

	/** `paihao://station/...` as Chromium gets it. */
	outward(url: string): string {
		return url.startsWith(OWN_ORIGIN) ? this.#origin + url.slice(OWN_ORIGIN.length) : url;
	}

	/** An address of Chromium's as the app gets it. */
	inward(url: string): string {
		return url.startsWith(this.#origin) ? OWN_ORIGIN + url.slice(this.#origin.length) : url;
	}

	async #carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
		if (this.handler === undefined) throw new Error("nobody handles the scheme");
		const headers = new Headers();
		for (const [name, value] of Object.entries(incoming.headers)) {
			if (typeof value === "string" && !["host", "connection"].includes(name)) headers.set(name, this.inward(value));
		}
		const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
		const response = await this.handler(
			new Request(`${OWN_ORIGIN}${incoming.url}`, {
				method: incoming.method ?? "GET",
				headers,
				...(hasBody && { body: Readable.toWeb(incoming) as BodyInit, duplex: "half" }),
			}),
		);
		outgoing.writeHead(response.status, Object.fromEntries(response.headers));
		if (response.body === null) outgoing.end();
		else await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing);
	}
}

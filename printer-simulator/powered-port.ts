import type { AddressInfo, Server, Socket } from "node:net";
import { listenError } from "../lib/http/listen.ts";

const NAMES = { program: "The printer", hostFlag: "--host", portFlag: "--listen" } as const;

/** The TCP port of a printer. Switched off, it breaks its connections and accepts none. */
export class PoweredPort {
	readonly #server: Server;
	readonly #host: string;
	readonly #sockets = new Set<Socket>();
	#port: number;

	/** `port`: 0 takes a free one, and keeps it. */
	constructor(server: Server, { host, port }: { host: string; port: number }) {
		this.#server = server;
		this.#host = host;
		this.#port = port;
		server.on("connection", (socket) => {
			this.#sockets.add(socket);
			socket.on("close", () => this.#sockets.delete(socket));
		});
	}

	get port(): number {
		return this.#port;
	}

	/** Throws UserError PORT_IN_USE or ADDRESS_REFUSED. */
	async switchOn(): Promise<void> {
		if (this.#server.listening) return;
		await new Promise<void>((resolve, reject) => {
			const refuse = (error: NodeJS.ErrnoException) =>
				reject(listenError(error, { host: this.#host, port: this.#port }, NAMES));
			this.#server.once("error", refuse);
			this.#server.listen(this.#port, this.#host, () => {
				this.#server.off("error", refuse);
				resolve();
			});
		});
		this.#port = (this.#server.address() as AddressInfo).port;
	}

	async switchOff(): Promise<void> {
		if (!this.#server.listening) return;
		await new Promise<void>((resolve) => {
			this.#server.close(() => resolve());
			for (const socket of this.#sockets) socket.destroy();
		});
	}
}

import type { AddressInfo, Server, Socket } from "node:net";
import { UserError } from "../lib/errors.ts";

/** A TCP port as a printer has it: without power it breaks its connections and takes none. */
export class PoweredPort {
	readonly #server: Server;
	readonly #host: string;
	readonly #sockets = new Set<Socket>();
	#port: number;

	/** `port` 0 takes a free one, and keeps it. */
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

	/** Throws PlainError PORT_IN_USE or ADDRESS_REFUSED. */
	async on(): Promise<void> {
		if (this.#server.listening) return;
		await new Promise<void>((resolve, reject) => {
			const refuse = (fault: NodeJS.ErrnoException) => reject(errorMessage(fault, this.#host, this.#port));
			this.#server.once("error", refuse);
			this.#server.listen(this.#port, this.#host, () => {
				this.#server.off("error", refuse);
				resolve();
			});
		});
		this.#port = (this.#server.address() as AddressInfo).port;
	}

	async off(): Promise<void> {
		if (!this.#server.listening) return;
		await new Promise<void>((resolve) => {
			this.#server.close(() => resolve());
			for (const socket of this.#sockets) socket.destroy();
		});
	}
}

function errorMessage(fault: NodeJS.ErrnoException, host: string, port: number): UserError {
	if (fault.code === "EADDRINUSE") {
		const sentence = `Port ${port} on ${host} is in use. Name another with --listen, or 0 for a free one.`;
		return new UserError("PORT_IN_USE", sentence, { cause: fault });
	}
	return new UserError(
		"ADDRESS_REFUSED",
		`The printer cannot listen on ${host}, port ${port} (${fault.code}). Name another with --host and --listen.`,
		{ cause: fault },
	);
}

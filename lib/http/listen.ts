import type { Server } from "node:http";
import type { Http2SecureServer } from "node:http2";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { UserError } from "../errors.ts";
import { limitBodyTime } from "./body-limit.ts";
import { limitUnreadTime } from "./unread-limit.ts";

export interface Place {
	host: string;
	/** 0 takes a free one. */
	port: number;
}

/** How a sentence names what listens and the flags that move it. */
export interface ListenNames {
	/** Such as "The station". */
	program: string;
	/** Such as "--host". */
	hostFlag: string;
	portFlag: string;
}

export interface Listener {
	port: number;
	/** Ends its connections too: boards keep their streams open for days. */
	close(): Promise<void>;
}

/** Methods that a Request of the Fetch standard cannot have; a server answers them before it makes one. */
export const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(["CONNECT", "TRACE", "TRACK"]);

/** Listens, with the time limited in which a request's body comes and an answer is read. Throws UserError PORT_IN_USE or ADDRESS_REFUSED. */
export async function listen(server: Server | Http2SecureServer, place: Place, names: ListenNames): Promise<Listener> {
	limitBodyTime(server);
	limitUnreadTime(server);
	const sockets = new Set<Socket>();
	server.on("connection", (socket: Socket) => {
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", (cause) => reject(listenError(cause, place, names)));
		server.listen(place.port, place.host, resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		close: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}

/** Why a program could not listen there; undefined if it could. */
export function findListenError({ host, port }: Place): Promise<NodeJS.ErrnoException | undefined> {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once("error", resolve);
		probe.listen(port, host, () => probe.close(() => resolve(undefined)));
	});
}

/**
 * To be asked before anything else is opened: a program that cannot be reached should leave nothing behind, and not make
 * anybody wait for its database first. Throws UserError PORT_IN_USE or ADDRESS_REFUSED.
 */
export async function requireListenable(place: Place, names: ListenNames): Promise<void> {
	const error = await findListenError(place);
	if (error) throw listenError(error, place, names);
}

/** What a person can do about a port or an address that the system refuses. */
export function listenError(cause: NodeJS.ErrnoException, { host, port }: Place, names: ListenNames): UserError {
	const { program, hostFlag, portFlag } = names;
	if (cause.code === "EADDRINUSE") {
		const sentence = `Port ${port} on ${host} is in use. Name another with ${portFlag}, or 0 for a free one.`;
		return new UserError("PORT_IN_USE", sentence, { cause });
	}
	if (cause.code === "EACCES") {
		const sentence = `This user may not listen on port ${port}. Name one above 1023 with ${portFlag}.`;
		return new UserError("ADDRESS_REFUSED", sentence, { cause });
	}
	return new UserError(
		"ADDRESS_REFUSED",
		`${program} cannot listen on ${host}, port ${port} (${cause.code}). Name another with ${hostFlag} and ${portFlag}.`,
		{ cause },
	);
}

import { connect } from "node:net";
import type { Transport } from "./transport.ts";

const CONNECT_MS = 4_000;
const KEEP_ALIVE_MS = 30_000;

/** A printer on the network, usually at port 9100. `host`: a name, an IPv4 address, or an IPv6 address without brackets. */
export function tcpTransport(host: string, port: number): Transport {
	return {
		open(signal) {
			return new Promise((resolve, reject) => {
				// The whole ticket is written at once: waiting for more bytes (Nagle) would only delay its end.
				const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
				const fail = (error: Error) => {
					signal.removeEventListener("abort", abort);
					socket.destroy();
					reject(error);
				};
				const abort = () => fail(new Error("closed while connecting"));
				signal.addEventListener("abort", abort, { once: true });
				socket.setTimeout(CONNECT_MS, () => fail(new Error(`no connection within ${CONNECT_MS} ms`)));
				socket.once("error", fail);
				socket.once("connect", () => {
					signal.removeEventListener("abort", abort);
					socket.off("error", fail);
					socket.setTimeout(0);
					resolve(socket);
				});
				if (signal.aborted) abort();
			});
		},
	};
}

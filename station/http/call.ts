import { implement } from "@orpc/server";
import type { ReadBody } from "../../lib/http/read-body.ts";
import { contract } from "../../protocol/api/contract.ts";
import type { Caller } from "./request-source.ts";

/** What is known of a request beside its input. */
export interface CallContext extends Caller, ReadBody {
	/** Gives the browser a device's credential to keep; without one, keeps what it has for as long again. */
	keepCredential(credential?: string): void;
}

const { events: _, ...board } = contract.board;

/**
 * The contract, for handlers that take and answer what it says. The board's stream is left out: it has no input to
 * check, and board-stream.ts writes each picture once for all boards.
 */
export const os = implement({ ...contract, board }).$context<CallContext>();

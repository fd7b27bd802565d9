import { implement } from "@orpc/server";
import { contract } from "../../protocol/api/contract.ts";
import type { Caller } from "./request-source.ts";

/** What the door knows of a request beyond its body. */
export interface CallContext extends Caller {
	/** Gives the browser a device's credential to keep; without one, keeps what it has for as long again. */
	keepCredential(credential?: string): void;
}

/** The contract, to be carried out: a handler made with it takes and answers what the contract says. */
export const os = implement(contract).$context<CallContext>();

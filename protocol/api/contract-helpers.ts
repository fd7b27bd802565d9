import { oc as anyContract } from "@orpc/contract";
import { z } from "zod";
import { counterInputSchema } from "../model/ids.ts";
import { pickRefusals } from "./refusal-table.ts";
import { STATION_REFUSALS, type StationRefusalCode } from "./station-refusals.ts";

/** Who may make a call from the network. The station's own machine may make every call. */
export interface CallMeta extends Record<string, unknown> {
	/** `public`: anyone. `kiosk`: a paired kiosk or desk. `desk`: a paired desk. */
	access: "public" | "kiosk" | "desk";
}

/** The refusals that a call may answer with. */
export const refusals = <const Code extends StationRefusalCode>(...codes: Code[]) =>
	pickRefusals(STATION_REFUSALS, ...codes);

/** What every call may be refused with, before it reaches its own rules. */
const ANY_CALL = refusals(
	"BAD_REQUEST",
	"HOST_REFUSED",
	"ORIGIN_REFUSED",
	"BODY_TOO_LARGE",
	"MEDIA_TYPE_UNSUPPORTED",
	"DISK_FULL",
	"STATION_ERROR",
);

const oc = anyContract.$meta<CallMeta>({ access: "desk" });

/** A call that anyone on the network may make. */
export const publicCall = oc.meta({ access: "public" }).errors(ANY_CALL);
/** A call for kiosks; from the network, for paired ones. */
export const kioskCall = oc.meta({ access: "kiosk" }).errors({ ...ANY_CALL, ...refusals("DEVICE_UNPAIRED") });
/** A call for desks; from the network, for paired ones. */
export const deskCall = oc.errors({ ...ANY_CALL, ...refusals("DEVICE_UNPAIRED") });
/** A call for a signed-in member of staff. */
export const staffCall = deskCall.errors(refusals("SIGN_IN_REQUIRED"));
/** A call for a signed-in supervisor. */
export const supervisorCall = staffCall.errors(refusals("ROLE_REQUIRED"));
/** A call for a supervisor, and at the first start for the station's own kiosk. */
export const setupCall = supervisorCall.errors(refusals("FIRST_START_OVER"));

/** The counter that a path names. */
export const counterInput = z.strictObject({ counter: counterInputSchema });

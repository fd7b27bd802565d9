import { z } from "zod";
import { deviceIdSchema, siteIdSchema } from "./ids.ts";
import { stationNetworkSchema } from "./network.ts";
import { plainTextSchema } from "./plain-text.ts";
import { instantSchema } from "./ticket.ts";

/** What a device on the network is let in as; it may do that and what anybody may, no more. */
export const DEVICE_KINDS = ["desk", "board", "kiosk"] as const;
export const deviceKindSchema = z.enum(DEVICE_KINDS);
export type DeviceKind = z.infer<typeof deviceKindSchema>;

/** What staff call a device: where it stands, never who sits at it. */
export const deviceNameSchema = plainTextSchema(40);

/** Eight digits, however they were grouped when they were typed. */
export const pairingCodeSchema = z
	.string()
	.max(20)
	.transform((typed) => typed.replace(/[\s-]/g, ""))
	.pipe(z.string().regex(/^\d{8}$/));

export const pairedDeviceSchema = z.object({
	id: deviceIdSchema,
	kind: deviceKindSchema,
	name: z.string(),
	pairedAt: instantSchema,
	/** To the minute. */
	seenAt: instantSchema,
});
export type PairedDevice = z.infer<typeof pairedDeviceSchema>;

/** A code to read out. It is told once and works once. */
export const createdCodeSchema = z.object({ code: z.string().regex(/^\d{8}$/), expiresAt: instantSchema });
export type CreatedCode = z.infer<typeof createdCodeSchema>;

/** What a browser that opens the station learns about itself. */
export const ownDeviceSchema = z.object({
	site: siteIdSchema,
	/** `machine`: the station's own, which needs no pairing. */
	from: z.enum(["machine", "network"]),
	device: pairedDeviceSchema.pick({ kind: true, name: true }).nullable(),
	/** How others reach the station; only its own machine and a supervisor are told. */
	network: stationNetworkSchema.nullable(),
});
export type OwnDevice = z.infer<typeof ownDeviceSchema>;

import type { StationId } from "../../../protocol/model/ids.ts";
/** A station's enrolment at a central server, as the station keeps it. */
export interface DeviceEnrolment {
	/** The server's address, without a slash at its end. */
	server: string;
	/** The station's id there. */
	station: StationId;
	/** The device's own Ed25519 key, PKCS 8 in base64url. */
	privateKey: string;
	/** The server's keys that this device pinned: it refuses documents signed with any other. */
	signers?: string[] | undefined;
	/** The version of the server's document of its keys at that time. */
	signersVersion?: number | undefined;
	/** The number of the last command that the server sent before this enrolment. */
	commands?: number | undefined;
}

/** Kept before the request is sent: if the answer is lost, the same device asks again. */
export interface RequestedEnrolment {
	server: string;
	/** SHA-256 of the code, hex. */
	codeDigest: string;
	privateKey: string;
}

/** Keeps the enrolment. Each write is on the disk when it returns. */
export interface EnrolmentStore {
	read(): { enrolment?: DeviceEnrolment | undefined; requested?: RequestedEnrolment | undefined };
	keepRequested(requested: RequestedEnrolment): void;
	/** Replaces any earlier enrolment, and ends the request. */
	keepEnrolment(enrolment: DeviceEnrolment): void;
}

/** Stands for the id at the server of a station that is not enrolled. */
export const NOT_ENROLLED = "" as StationId;

import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import type { FoundPrinter } from "../../protocol/api/setup.ts";
import { findProfile } from "./printer-profiles.ts";

export interface PrinterPlaces {
	/** The folder of the system's USB printers: Linux names each one's model there. */
	usb?: string;
	/** Milliseconds for CUPS to answer. */
	timeoutMs?: number;
}

const USB_FOLDER = "/sys/class/usbmisc";
const SPOOLER_TIMEOUT_MS = 3_000;

/** The printers at this machine: on USB first, which can confirm a ticket, then CUPS' queues. Never rejects. */
export async function findLocalPrinters({
	usb = USB_FOLDER,
	timeoutMs = SPOOLER_TIMEOUT_MS,
}: PrinterPlaces = {}): Promise<FoundPrinter[]> {
	const [devices, queues] = await Promise.all([findUsbPrinters(usb), findQueues(timeoutMs)]);
	return [...devices, ...queues];
}

async function findUsbPrinters(folder: string): Promise<FoundPrinter[]> {
	const devices = (await readdir(folder).catch(() => [])).filter((name) => /^lp\d+$/.test(name)).sort();
	return Promise.all(
		devices.map(async (device): Promise<FoundPrinter> => {
			const id = await readFile(join(folder, device, "device/ieee1284_id"), "utf8").catch(() => "");
			const name = modelIn(id) ?? `USB ${device}`;
			return { address: `device:/dev/usb/${device}`, kind: "usb", name, profile: profileOf(name) };
		}),
	);
}

/** Maker and model in a printer's own words (IEEE 1284): "MFG:EPSON;MDL:TM-T88V;". */
export function modelIn(id: string): string | undefined {
	const part = (names: string) => new RegExp(`(?:^|;)\\s*(?:${names}):([^;]+)`, "i").exec(id)?.[1]?.trim();
	const maker = part("MFG|MANUFACTURER");
	const model = part("MDL|MODEL");
	if (model === undefined) return maker;
	const isNamed = maker === undefined || model.toLowerCase().startsWith(maker.toLowerCase());
	return printable(isNamed ? model : `${maker} ${model}`);
}

/** A device's words go on a screen. */
function printable(text: string): string | undefined {
	return text.replace(/[^\x20-\x7e]/g, "").slice(0, 60) || undefined;
}

async function findQueues(timeoutMs: number): Promise<FoundPrinter[]> {
	const env = { ...process.env, LC_ALL: "C" };
	const { stdout } = await promisify(execFile)("lpstat", ["-v"], {
		env,
		timeout: timeoutMs,
		killSignal: "SIGKILL",
	}).catch(() => ({ stdout: "" }));
	return queuesIn(stdout);
}

/** The queues in what `lpstat -v` says: "device for front-desk: usb://EPSON/TM-T20". */
export function queuesIn(said: string): FoundPrinter[] {
	return said.split("\n").flatMap((line): FoundPrinter[] => {
		const [, queue, device = ""] = /^device for ([\p{L}\p{N}_][\p{L}\p{N}_.@+-]*): (.*)$/u.exec(line) ?? [];
		if (queue === undefined) return [];
		const [, maker = "", model = ""] = /^usb:\/\/([^/]+)\/([^?]+)/.exec(device) ?? [];
		const name = printable(decode(`${maker} ${model}`).trim());
		return [
			{
				address: `lp:${queue}`,
				kind: "queue",
				name: queue,
				profile: profileOf(name ?? "") ?? profileOf(queue.replaceAll(/[_-]/g, " ")),
			},
		];
	});
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function profileOf(name: string): string | null {
	try {
		return findProfile(name).name;
	} catch {
		return null;
	}
}

/** As Node tells a network card's address. */
export interface NetworkCard {
	address: string;
	netmask: string;
	family: string;
	internal: boolean;
}

/** The largest network that is searched whole; of a larger one only the machine's own 256 addresses. */
const MAX_HOSTS = 254;
const MAX_NETWORKS = 2;

/** The other addresses of the machine's own IPv4 networks, nearest first. */
export function addressesToScan(cards: readonly NetworkCard[]): string[] {
	const own = cards.filter(({ family, internal }) => family === "IPv4" && !internal);
	const hosts = own.slice(0, MAX_NETWORKS).flatMap(({ address, netmask }) => {
		const self = toNumber(address);
		const size = Math.min(2 ** 32 - toNumber(netmask), MAX_HOSTS + 2);
		if (size < 4) return [];
		const first = self - (self % size);
		return Array.from({ length: size - 2 }, (_, index) => first + 1 + index)
			.filter((host) => host !== self)
			.toSorted((one, other) => Math.abs(one - self) - Math.abs(other - self));
	});
	return [...new Set(hosts)].map(toAddress);
}

function toNumber(address: string): number {
	return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toAddress(host: number): string {
	return [24, 16, 8, 0].map((bits) => Math.floor(host / 2 ** bits) % 256).join(".");
}

const RAW_PORT = 9_100;
const CONNECT_TIMEOUT_MS = 700;
const AT_ONCE = 32;

export interface NetworkScan {
	readonly asked: number;
	readonly total: number;
	readonly isOver: boolean;
	readonly found: readonly FoundPrinter[];
	/** Resolves when every address was asked, or the scan was stopped. */
	readonly over: Promise<void>;
	stop(): void;
}

/** Asks each address whether something takes connections at a printer's port. Nothing is sent. */
export function scanNetwork(
	addresses: readonly string[],
	{ port = RAW_PORT, timeoutMs = CONNECT_TIMEOUT_MS }: { port?: number; timeoutMs?: number } = {},
): NetworkScan {
	const found: FoundPrinter[] = [];
	const waiting = [...addresses];
	let asked = 0;
	let isOver = false;
	const askNext = async (): Promise<void> => {
		for (let host = waiting.shift(); host !== undefined; host = waiting.shift()) {
			if (await takesConnections(host, port, timeoutMs))
				found.push({ address: `tcp://${host}:${port}`, kind: "network", name: host, profile: null });
			asked += 1;
		}
	};
	const over = Promise.all(Array.from({ length: AT_ONCE }, askNext)).then(() => {
		isOver = true;
	});
	return {
		get asked() {
			return asked;
		},
		get isOver() {
			return isOver;
		},
		total: addresses.length,
		found,
		over,
		stop: () => void waiting.splice(0),
	};
}

function takesConnections(host: string, port: number, timeoutMs: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ host, port });
		const end = (isTaken: boolean) => {
			socket.destroy();
			resolve(isTaken);
		};
		socket.setTimeout(timeoutMs, () => end(false));
		socket.once("connect", () => end(true));
		socket.once("error", () => end(false));
	});
}

/** The browser leaves the label empty without a permission. */
export type AudioOutput = Pick<MediaDeviceInfo, "kind" | "label">;

/** Names that makers and systems give to headphones. A screen's own speakers must not match. */
const HEADSET_LABEL =
	/head-?\s?(phone|set)|ear-?\s?(phone|bud)|kopfhörer|casque|cuffie|auricular|наушник|耳机|ヘッド(ホン|セット)/i;

export type Plug = "plugged" | "unplugged";

/** Whether a headset came or went between two lists of outputs; undefined where neither can be told. */
export function detectPlug(before: readonly AudioOutput[], after: readonly AudioOutput[]): Plug | undefined {
	const [hadHeadset, hasHeadset] = [before, after].map((outputs) => outputs.some(isHeadset));
	if (hadHeadset === hasHeadset) return undefined;
	return hasHeadset ? "plugged" : "unplugged";
}

function isHeadset({ kind, label }: AudioOutput): boolean {
	return kind === "audiooutput" && HEADSET_LABEL.test(label);
}

/** Calls `onPlug` where the browser reports devices; on insecure pages and many systems it does not (docs/guide/kiosk.md). */
export async function watchHeadset(devices: MediaDevices | undefined, onPlug: (plug: Plug) => void): Promise<void> {
	if (!devices) return;
	let known: readonly AudioOutput[] = await devices.enumerateDevices();
	devices.addEventListener("devicechange", async () => {
		const now = await devices.enumerateDevices().catch(() => known);
		const plug = detectPlug(known, now);
		known = now;
		if (plug) onPlug(plug);
	});
}

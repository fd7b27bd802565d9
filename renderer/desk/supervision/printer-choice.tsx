import { useState } from "react";
import type { Answer } from "../../../api-client/answer.ts";
import type { PanelProps } from "./panel.tsx";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

const NONE = "none";

/** Another printer for the station: those at its machine, and on its network once somebody searches it. */
export function PrinterChoice({ supervisor, changed, t, report, onChange }: PanelProps & { onChange(): void }) {
	const setup = useRequest(supervisor.setup, changed);
	const found = useRequest(supervisor.printers, changed);
	const [chosen, setChosen] = useState<string | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	if (setup.value === null || found.value === null) return null;
	const { place, origin } = setup.value.printer;
	const { printers, scan } = found.value;
	if (origin === "settings") return <p className={styles.soft}>{t("printerFixed")}</p>;
	const run = async (send: () => Promise<Answer<unknown>>) => {
		setIsBusy(true);
		report(await send());
		setIsBusy(false);
		setup.reload();
		found.reload();
		onChange();
	};
	const value = chosen ?? place ?? NONE;
	const isListed = value === NONE || printers.some(({ address }) => address === value);
	return (
		<form
			className={styles.opening}
			onSubmit={(event) => {
				event.preventDefault();
				void run(() => supervisor.choosePrinter(value === NONE ? null : value));
			}}
		>
			<label>
				{t("printerOther")}{" "}
				<select value={value} onChange={(event) => setChosen(event.target.value)}>
					<option value={NONE}>{t("printerNone")}</option>
					{!isListed && <option value={value}>{value}</option>}
					{printers.map(({ address, name }) => (
						<option key={address} value={address}>
							{`${name} (${address})`}
						</option>
					))}
				</select>
			</label>{" "}
			<button type="submit" disabled={isBusy || value === (place ?? NONE)}>
				{t("printerUse")}
			</button>{" "}
			<button
				type="button"
				disabled={isBusy || scan?.isOver === false}
				onClick={() => void run(() => supervisor.scanNetwork())}
			>
				{scan?.isOver === false ? t("printerScanning", { asked: scan.asked, total: scan.total }) : t("printerScan")}
			</button>
		</form>
	);
}

import { useEffect, useState } from "react";
import type { FoundPrinter, PrinterSearch } from "../../../protocol/api/setup.ts";
import type { FirstStart } from "../effects/first-start-effects.ts";
import styles from "../first-start.module.css";
import type { Translate } from "../messages/messages.ts";

const REFRESH_MS = 1_000;

interface PrinterListProps {
	t: Translate;
	firstStart: FirstStart;
	/** The address of the printer that is used now. */
	used: string | null;
	onChoose(printer: FoundPrinter): void;
}

/** The printers that are there, found again every second; the network is only searched when somebody asks. */
export function PrinterList({ t, firstStart, used, onChoose }: PrinterListProps) {
	const [search, setSearch] = useState<PrinterSearch | null>(null);
	useEffect(() => {
		let isShown = true;
		let timer: ReturnType<typeof setTimeout>;
		const ask = async () => {
			const result = await firstStart.printers();
			if (!isShown) return;
			if ("value" in result) setSearch(result.value);
			timer = setTimeout(() => void ask(), REFRESH_MS);
		};
		void ask();
		return () => {
			isShown = false;
			clearTimeout(timer);
		};
	}, [firstStart]);
	const scan = search?.scan ?? null;
	const isScanning = scan !== null && !scan.isOver;
	const startScan = async () => {
		const result = await firstStart.scanNetwork();
		if ("value" in result) setSearch(result.value);
	};
	return (
		<div className={styles.printers}>
			{search === null ? (
				<p className={styles.hint}>{t("printer.looking")}</p>
			) : (
				search.printers.length === 0 && <p className={styles.card}>{t("printer.notFound")}</p>
			)}
			{search?.printers.map((printer) => (
				<button
					key={printer.address}
					type="button"
					className={styles.printer}
					aria-pressed={printer.address === used}
					onClick={() => onChoose(printer)}
				>
					<strong>{printer.name}</strong>
					<span>{t(`printer.kind.${printer.kind}`)}</span>
				</button>
			))}
			<button
				type="button"
				className={styles.scan}
				disabled={isScanning || search === null}
				onClick={() => void startScan()}
			>
				{isScanning
					? t("printer.scanning", { asked: String(scan.asked), total: String(scan.total) })
					: t(scan === null ? "printer.scan" : "printer.scanAgain")}
				{isScanning && <progress value={scan.asked} max={scan.total} />}
			</button>
			{scan?.isOver && <p className={styles.hint}>{t("printer.scanned", { total: String(scan.total) })}</p>}
		</div>
	);
}

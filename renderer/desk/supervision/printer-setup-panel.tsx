import { useState } from "react";
import type { Answer } from "../../../api-client/answer.ts";
import { PrinterSetupForm } from "../../ui/printer-setup.tsx";
import { ErrorLine } from "../components/error-line.tsx";
import type { PanelProps } from "./panel.tsx";
import { PrinterChoice } from "./printer-choice.tsx";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** The station's address for no printer at all: there is nothing to print a sheet on. */
const NO_PRINTER = "none";

/** The set-up sheet of the station's printer. */
export function PrinterSetupPanel(props: PanelProps) {
	const { supervisor, changed, messages, report, why } = props;
	const request = useRequest(supervisor.printerSetup, changed);
	const [isBusy, setIsBusy] = useState(false);
	const run = async (send: () => Promise<Answer<unknown>>) => {
		setIsBusy(true);
		report(await send());
		setIsBusy(false);
		request.reload();
	};
	const { value, failure } = request;
	return (
		<>
			<PrinterChoice {...props} onChange={request.reload} />
			{failure !== null && (
				<p role="alert" className={styles.failure}>
					<ErrorLine error={why(failure)} />
				</p>
			)}
			{value === null ? (
				failure === null && <p className={styles.empty}>{messages.t("loading")}</p>
			) : value.place === NO_PRINTER ? null : (
				<PrinterSetupForm
					key={`${value.place} ${value.profile} ${value.widthDots}`}
					setup={value}
					language={messages.language}
					isBusy={isBusy}
					onPrintSheet={(profile) => void run(() => supervisor.printSheet(profile))}
					onKeep={(answers) => void run(() => supervisor.keepPrinterSetup(answers))}
				/>
			)}
		</>
	);
}

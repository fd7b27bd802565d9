import { type FormEvent, useState } from "react";
import type { MadeCode } from "../../../protocol/model/device.ts";
import { DEVICE_KINDS, type DeviceKind } from "../../i18n/device-kinds.ts";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import styles from "./supervision-screen.module.css";
import { useAsked } from "./use-request.ts";

/** The desks, boards and kiosks of the network: let in by a code, shut out by a press. */
export function DevicesPanel({ supervisor, changed, words, say, clock, tell, why }: PanelProps) {
	const asked = useAsked(supervisor.devices, changed);
	const [kind, setKind] = useState<DeviceKind>("desk");
	const [name, setName] = useState("");
	const [made, setMade] = useState<MadeCode | null>(null);
	const network = asked.value?.network;
	const address = network?.addresses[0];
	const submit = async (event: FormEvent) => {
		event.preventDefault();
		const answer = tell(await supervisor.makeCode(kind, name.trim() || say(`deviceKind_${kind}`)));
		setMade(answer.kind === "ok" ? answer.value : null);
	};
	return (
		<>
			<List
				asked={asked}
				columns={[say("device"), say("name"), say("seen"), say("acts")]}
				none={say("noDevices")}
				words={words}
				why={why}
				rows={({ devices }) =>
					devices.map(({ id, kind: one, name: called, seenAt }) => (
						<tr key={id}>
							<th scope="row">{say(`deviceKind_${one}`)}</th>
							<td>
								<bdi>{called}</bdi>
							</td>
							<td>{clock(seenAt)}</td>
							<td className={styles.rowActs}>
								<button
									type="button"
									aria-label={say("removeOf", { name: called })}
									onClick={async () => {
										tell(await supervisor.removeDevice(id));
										asked.again();
									}}
								>
									{say("remove")}
								</button>
							</td>
						</tr>
					))
				}
			/>
			{network !== undefined && address === undefined && <p className={styles.soft}>{say("noNetwork")}</p>}
			{address !== undefined && (
				<form className={styles.pairing} onSubmit={(event) => void submit(event)}>
					<h3>{say("newDevice")}</h3>
					<select
						aria-label={say("device")}
						value={kind}
						onChange={(event) => setKind(event.target.value as DeviceKind)}
					>
						{DEVICE_KINDS.map((one) => (
							<option key={one} value={one}>
								{say(`deviceKind_${one}`)}
							</option>
						))}
					</select>
					<input
						type="text"
						maxLength={40}
						aria-label={say("devicePlace")}
						placeholder={say("devicePlace")}
						value={name}
						onChange={(event) => setName(event.target.value)}
					/>
					<button type="submit">{say("makeCode")}</button>
					{made !== null && (
						<p role="status" className={styles.made}>
							<strong>
								{made.code.slice(0, 4)} {made.code.slice(4)}
							</strong>
							<span>{say("codeUntil", { address, time: clock(made.expiresAt) })}</span>
						</p>
					)}
					{network?.certificate && (
						<p className={styles.fingerprint}>{say("fingerprint", { fingerprint: network.certificate.fingerprint })}</p>
					)}
				</form>
			)}
			<p>
				<a href="/pair">{say("toSetUp")}</a>
			</p>
		</>
	);
}

import { NoGroupChosen } from "@/components/groups/groups-layout";

export default function Page() {
  return <NoGroupChosen />;
}

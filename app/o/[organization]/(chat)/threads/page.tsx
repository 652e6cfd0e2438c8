import { Stage } from "@/components/shell/stage";

export default function Page() {
  return <Stage />;
}

// Drives one session from its start to its end through the official client, and prints a line of
// JSON for each thing it saw. Usage: node sessions.mjs ENDPOINT SUBSCRIPTION TARGET STORAGE_ID
import { NetworkManagementClient } from "@azure/arm-network";

const [endpoint, subscription, target, storageId] = process.argv.slice(2);
const credential = {
  getToken: async () => ({ token: "any", expiresOnTimestamp: Date.now() + 3_600_000 }),
};

// On loopback there is no TLS, over which alone the client would send its token; and it would wait
// as long as Retry-After says, though the simulated work is done at once.
const forLoopback = {
  name: "forLoopback",
  async sendRequest(request, next) {
    request.allowInsecureConnection = true;
    request.headers.set("Authorization", "Bearer any");
    const response = await next(request);
    response.headers.delete("retry-after");
    return response;
  },
};
const client = new NetworkManagementClient(credential, subscription, {
  endpoint,
  allowInsecureConnection: true,
  additionalPolicies: [{ policy: forLoopback, position: "perCall" }],
});
client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });

const where = ["NetworkWatcherRG", "NetworkWatcher_westcentralus", "by-another-client"];
const quickly = { updateIntervalInMs: 1 };
const say = (what, seen) => console.log(JSON.stringify({ what, ...seen }));
const names = async () => {
  const all = [];
  for await (const session of client.packetCaptures.list(...where.slice(0, 2))) {
    all.push(session.name);
  }
  return all;
};

say("listed", { names: await names() });
const session = await client.packetCaptures.beginCreateAndWait(
  ...where,
  { target, storageLocation: { storageId }, timeLimitInSeconds: 600 },
  quickly,
);
say("created", { state: session.provisioningState, path: session.storageLocation.storagePath });
const running = await client.packetCaptures.beginGetStatusAndWait(...where, quickly);
say("running", { status: running.packetCaptureStatus });
await client.packetCaptures.beginStopAndWait(...where, quickly);
const stopped = await client.packetCaptures.beginGetStatusAndWait(...where, quickly);
say("stopped", { status: stopped.packetCaptureStatus, reason: stopped.stopReason });
say("listed", { names: await names() });
await client.packetCaptures.beginDeleteAndWait(...where, quickly);
say("listed", { names: await names() });
try {
  await client.packetCaptures.get(...where);
} catch (error) {
  say("gone", { status: error.statusCode, code: error.code });
}

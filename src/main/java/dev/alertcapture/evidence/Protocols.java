package dev.alertcapture.evidence;

import dev.alertcapture.evidence.packet.Layer;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/** Frames and bytes by protocol, nested as packets nest them: one node for each path. */
final class Protocols {
  /** A hostile file may nest in more ways than these; deeper nodes are left out then. */
  private static final int MAX_NODES = 4096;

  private int[] children = new int[64 * Layer.COUNT];
  private int[] parents = new int[64];
  private byte[] layers = new byte[64];
  private long[] frames = new long[64];
  private long[] bytes = new long[64];

  /** The first node is the root, which has no protocol. */
  private int nodes = 1;

  void add(Packet p) {
    int node = 0;
    for (int i = 0; i < p.layerCount; i++) {
      int at = node * Layer.COUNT + p.layers[i];
      if (children[at] == 0) {
        if (nodes == MAX_NODES) {
          return;
        }
        children[at] = grown(node, p.layers[i]);
      }
      node = children[at];
      frames[node]++;
      bytes[node] += p.wireLength;
    }
  }

  private int grown(int parent, byte layer) {
    if (nodes == parents.length) {
      children = Arrays.copyOf(children, 2 * children.length);
      parents = Arrays.copyOf(parents, 2 * nodes);
      layers = Arrays.copyOf(layers, 2 * nodes);
      frames = Arrays.copyOf(frames, 2 * nodes);
      bytes = Arrays.copyOf(bytes, 2 * nodes);
    }
    parents[nodes] = parent;
    layers[nodes] = layer;
    return nodes++;
  }

  void print(Output out) {
    for (int node = 1; node < nodes; node++) {
      out.text().append("proto\t");
      path(out.text(), node);
      out.text().append('\t').append(frames[node]).append('\t').append(bytes[node]);
      out.endLine();
    }
  }

  private void path(StringBuilder text, int node) {
    if (parents[node] != 0) {
      path(text, parents[node]);
      text.append(':');
    }
    text.append(Layer.name(layers[node]));
  }
}

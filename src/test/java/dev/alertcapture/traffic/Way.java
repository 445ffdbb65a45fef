package dev.alertcapture.traffic;

import java.util.List;

/** How packets pass the capture: what is around them, on which interface, seen how often. */
record Way(Encapsulation around, Nic nic, List<Copy> copies) {}

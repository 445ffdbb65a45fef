package dev.alertcapture.evidence.quality;

import dev.alertcapture.evidence.finding.Quality;

/** One kind of doubt, told once the file was read. A check that watches packets is an analyser. */
@FunctionalInterface
interface Check {
  void judge(Quality quality, FileEnd end);
}

package dev.alertcapture.evidence.finding;

/**
 * From where on a rule speaks.
 *
 * @param says the condition, for example {@code >= 5 and >= 50 %}
 * @param why its reason
 */
public record Threshold(String says, String why) {}

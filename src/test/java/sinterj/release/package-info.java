/**
 * Makes what users install: the update site for Fiji and the archive for plain ImageJ. It stands with the tests since no
 * user needs it in the jar; {@code scripts/update-site} and {@code scripts/package} call it.
 */
package sinterj.release;

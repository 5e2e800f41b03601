package sinterj.djl;

import sinterj.segment.Network;
import sinterj.segment.UNetShape;

/** A U-Net of ours, whatever applies it. */
interface UNetNetwork extends Network {
    /** How it is built. */
    UNetShape shape();

    @Override
    default int inputs() {
        return shape().inputs();
    }

    @Override
    default int classes() {
        return shape().classes();
    }

    @Override
    default int multiple() {
        return shape().multiple();
    }

    @Override
    default int halo() {
        return shape().halo();
    }
}

package sinterj.phasefield;

import java.util.Arrays;
import java.util.List;
import sinterj.base.Parallel;
import sinterj.base.Progress;

/**
 * Volumes, centroids and velocities of the grains. The force on grain i from grain j is the integral of
 * {@code k (rho - rho0) <eta_i eta_j> (grad eta_i - grad eta_j)}, worked out once per contact and given to both with
 * opposite signs, so that all forces sum to exactly nothing. Wang 2006, doi:10.1016/j.actamat.2005.10.032.
 */
final class BodyMotion {
    private final Store store;
    private List<Contact> contacts = List.of();

    BodyMotion(Store store) {
        this.store = store;
    }

    /** Finds the contacts anew; to be called when boxes were fitted. */
    void findContacts(Progress progress) {
        contacts = Contact.all(store, progress);
    }

    /** The contacts that were found last. */
    List<Contact> contacts() {
        return contacts;
    }

    /** Works out every grain's velocity for a vector. */
    void measure(int vector, Material.Motion motion, Coefficients c, Progress progress) {
        Parallel.forEach(progress, store.boxes.length, g -> weigh(store.boxes[g], vector));
        Parallel.forEach(progress, contacts.size(), p -> contacts.get(p).measure(vector, motion, store));
        for (GrainBox box : store.boxes) {
            Arrays.fill(box.velocity, 0);
            Arrays.fill(box.spin, 0);
        }
        for (Contact contact : contacts) {
            push(contact.one, contact.force, contact.torqueOne, 1, c);
            push(contact.two, contact.force, contact.torqueTwo, -1, c);
        }
    }

    /**
     * An upper estimate of the rate, 1/s, at which density that gathers between two grains pushes them apart and is
     * thereby thinned: for a strong force this, and not diffusion, limits the time step.
     *
     * @param interfaceVoxels width of the interface
     */
    double stiffest(Coefficients c, double interfaceVoxels) {
        double most = 0;
        for (GrainBox box : store.boxes) box.stiffness = 0;
        for (Contact contact : contacts) {
            double rate = c.push() * contact.slope * (1 / contact.one.volume + 1 / contact.two.volume);
            contact.one.stiffness += rate;
            contact.two.stiffness += rate;
        }
        for (GrainBox box : store.boxes) most = Math.max(most, box.stiffness);
        return 4 * most / interfaceVoxels;
    }

    private static void push(GrainBox box, double[] force, double[] torque, int sign, Coefficients c) {
        if (!(box.volume > 0)) return;
        for (int axis = 0; axis < 3; axis++) {
            box.velocity[axis] += sign * c.push() * force[axis] / box.volume;
            box.spin[axis] += c.turn() * torque[axis] / box.volume;
        }
    }

    /** Volume and centroid of a grain; rows are added up first, which vector instructions can do. */
    static void weigh(GrainBox box, int vector) {
        float[] all = new float[box.size[0]];
        float[] byRow = new float[box.size[0]];
        float[] row = new float[box.size[0]];
        double volume = 0;
        double[] moment = new double[3];
        for (int z = 0; z < box.size[2]; z++) {
            BoxPlane p = box.planes[z];
            Arrays.fill(all, 0, p.width, 0);
            Arrays.fill(byRow, 0, p.width, 0);
            for (int y = p.y; y < p.y + p.height; y++) {
                System.arraycopy(box.values[vector][z], p.index(p.x, y), row, 0, p.width);
                Kernels.addTwice(p.width, row, y, all, byRow);
            }
            double plane = 0;
            for (int x = 0; x < p.width; x++) {
                plane += all[x];
                moment[0] += (double) (p.x + x) * all[x];
                moment[1] += byRow[x];
            }
            volume += plane;
            moment[2] += z * plane;
        }
        box.volume = volume;
        for (int axis = 0; axis < 3; axis++) box.centroid[axis] = volume > 0 ? moment[axis] / volume : 0;
    }
}

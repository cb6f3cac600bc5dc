"""What a learner sees and does: Mijn leren, the player, cases, help, proof."""

// What a project's tests use of hardhat's toolbox: ethers, matchers, network helpers, fixtures.
"use strict";
const { expect } = require("chai");
const { ethers, network } = require("hardhat");
const helpers = require("@nomicfoundation/hardhat-network-helpers");
const { anyValue } = require("@nomicfoundation/hardhat-chai-matchers/withArgs");

describe("Shop", () => {
  async function opened() {
    const [keeper, buyer] = await ethers.getSigners();
    const shop = await ethers.deployContract("Shop", [100n]);
    return { keeper, buyer, shop };
  }

  it("is the network that was named", async () => {
    expect(network.config.chainId).to.equal(412346);
    expect((await ethers.getSigners()).length).to.equal(10);
  });

  it("sells, and tells of it", async () => {
    const { buyer, shop } = await helpers.loadFixture(opened);
    await expect(shop.connect(buyer).buy(1n, "for me", { value: 100n }))
      .to.emit(shop, "Sold")
      .withArgs(buyer.address, 1n, anyValue, "for me");
    expect(await shop.buyer(1n)).to.equal(buyer.address);
  });

  it("begins again with every fixture", async () => {
    const { shop } = await helpers.loadFixture(opened);
    expect(await shop.buyer(1n)).to.equal(ethers.ZeroAddress);
  });

  it("refuses by name, by reason and by panic", async () => {
    const { buyer, shop } = await helpers.loadFixture(opened);
    await expect(shop.connect(buyer).buy(1n, "", { value: 1n }))
      .to.be.revertedWithCustomError(shop, "TooCheap")
      .withArgs(1n, 100n);
    await expect(shop.connect(buyer).setPrice(1n, 1n)).to.be.revertedWith("only the keeper");
    await expect(shop.buy(9n, "")).to.be.revertedWithPanic(0x01);
  });

  it("moves what it should", async () => {
    const { buyer, shop } = await helpers.loadFixture(opened);
    const bought = shop.connect(buyer).buy(1n, "", { value: 150n });
    await expect(bought).to.changeEtherBalances([buyer, shop], [-100n, 100n]);
  });

  it("lets time go by, mines, and takes accounts over", async () => {
    const { buyer, shop } = await helpers.loadFixture(opened);
    const before = await helpers.time.latest();
    await helpers.time.increase(3_600);
    expect(await helpers.time.latest()).to.be.at.least(before + 3_600);
    await helpers.time.increaseTo(before + 10_000);
    expect(await helpers.time.latest()).to.equal(before + 10_000);
    await helpers.time.setNextBlockTimestamp(before + 20_000);
    await helpers.mine(5, { interval: 60 });
    expect(await helpers.time.latest()).to.equal(before + 20_000 + 4 * 60);
    const number = await helpers.time.latestBlock();
    await helpers.mineUpTo(number + 3);
    expect(await helpers.time.latestBlock()).to.equal(number + 3);
    await helpers.setBalance(buyer.address, 10n ** 18n);
    expect(await ethers.provider.getBalance(buyer.address)).to.equal(10n ** 18n);
    const stranger = await ethers.getImpersonatedSigner("0x00000000000000000000000000000000000000ee");
    await helpers.setBalance(stranger.address, 10n ** 18n);
    await expect(shop.connect(stranger).setPrice(1n, 1n)).to.be.revertedWith("only the keeper");
    await helpers.stopImpersonatingAccount(stranger.address);
    await helpers.setNonce(stranger.address, 9);
    expect(await ethers.provider.getTransactionCount(stranger.address)).to.equal(9);
    await helpers.setCode(stranger.address, "0x6001");
    expect(await ethers.provider.getCode(stranger.address)).to.equal("0x6001");
    await helpers.setStorageAt(stranger.address, 1, 5);
    expect(BigInt(await helpers.getStorageAt(stranger.address, 1))).to.equal(5n);
    await helpers.setNextBlockBaseFeePerGas(2n * 10n ** 8n);
    await helpers.mine();
    const snapshot = await helpers.takeSnapshot();
    await helpers.mine(2);
    await snapshot.restore();
  });

  it("keeps what waits for its block", async () => {
    const { buyer } = await helpers.loadFixture(opened);
    await network.provider.send("evm_setAutomine", [false]);
    const sent = await buyer.sendTransaction({ to: buyer.address, gasLimit: 50_000n });
    await helpers.dropTransaction(sent.hash);
    await network.provider.send("evm_setAutomine", [true]);
    expect(await ethers.provider.getTransaction(sent.hash)).to.equal(null);
  });
});
